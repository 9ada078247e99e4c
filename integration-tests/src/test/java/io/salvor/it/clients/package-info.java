/// Clients in other languages, from `docs/examples`.
@NullMarked
package io.salvor.it.clients;

import org.jspecify.annotations.NullMarked;
