/// Who may begin: slots, memory, and what may be used in a day or in a project.
///
/// Read [io.salvor.domain.admission.AdmissionPolicy], then [io.salvor.domain.admission.Admission].
@NullMarked
package io.salvor.domain.admission;

import org.jspecify.annotations.NullMarked;
