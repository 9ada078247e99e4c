/// What a terminal needs: how large it is, what may be written to it, and pictures that are drawn
/// again in place. Reading order: [io.salvor.cli.screen.Screen], [io.salvor.cli.screen.Cells].
@NullMarked
package io.salvor.cli.screen;

import org.jspecify.annotations.NullMarked;
