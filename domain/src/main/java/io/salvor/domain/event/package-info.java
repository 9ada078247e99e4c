/// What a record means to who watches: how bad it is, how soon somebody should look, and a stable
/// word for what it is about.
///
/// Read [io.salvor.domain.event.Significance], then [io.salvor.domain.event.Significances].
@NullMarked
package io.salvor.domain.event;

import org.jspecify.annotations.NullMarked;
