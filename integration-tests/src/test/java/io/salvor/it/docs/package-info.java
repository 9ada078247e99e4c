/// The documents: pages that are made from the code, and outputs that are what really comes out.
@NullMarked
package io.salvor.it.docs;

import org.jspecify.annotations.NullMarked;
