/// What can be wrong with a home and with what it needs, and how it is mended: small checks in one
/// registry, that need no server. [io.salvor.server.doctor.Doctor] is the list.
@NullMarked
package io.salvor.server.doctor;

import org.jspecify.annotations.NullMarked;
