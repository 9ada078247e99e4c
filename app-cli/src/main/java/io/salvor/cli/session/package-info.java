/// What every command needs: where it runs, which home and server it speaks to, how it ends.
@NullMarked
package io.salvor.cli.session;

import org.jspecify.annotations.NullMarked;
