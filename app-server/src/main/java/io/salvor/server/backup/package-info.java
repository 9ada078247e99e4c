/// Backups: made while the server runs, kept outside the home, restored without a server.
///
/// [io.salvor.server.backup.Vault] is the folder of one home's generations;
/// [io.salvor.server.backup.Backups] makes them; [io.salvor.server.backup.Restoring] brings one
/// back; [io.salvor.server.backup.StoreGuard] keeps a server from starting empty where there is
/// something to bring back. What counts, what is kept and what a restore takes is decided by
/// [io.salvor.domain.backup.Admission], [io.salvor.domain.backup.Retention] and
/// [io.salvor.domain.backup.RestorePlan].
@NullMarked
package io.salvor.server.backup;

import org.jspecify.annotations.NullMarked;
