/// Tells people, by desktop, webhook or command, what they should know.
///
/// Read [io.salvor.server.notices.Noticing], then [io.salvor.server.notices.Windows].
@NullMarked
package io.salvor.server.notices;

import org.jspecify.annotations.NullMarked;
