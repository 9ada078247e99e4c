/// What may be shown of an agent's words: bounded, cleaned and without secrets.
@NullMarked
package io.salvor.process.text;

import org.jspecify.annotations.NullMarked;
