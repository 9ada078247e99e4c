/// Which backups count, which are kept, and what a restore takes: decided without touching any.
///
/// Read [io.salvor.domain.backup.Generation], [io.salvor.domain.backup.Segment] and
/// [io.salvor.domain.backup.Reach], then [io.salvor.domain.backup.Admission],
/// [io.salvor.domain.backup.Retention] and [io.salvor.domain.backup.RestorePlan].
@NullMarked
package io.salvor.domain.backup;

import org.jspecify.annotations.NullMarked;
