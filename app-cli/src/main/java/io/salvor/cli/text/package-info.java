/// How values are written for people, and read from them.
@NullMarked
package io.salvor.cli.text;

import org.jspecify.annotations.NullMarked;
