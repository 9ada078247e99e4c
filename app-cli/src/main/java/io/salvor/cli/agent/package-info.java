/// The commands about agents.
@NullMarked
package io.salvor.cli.agent;

import org.jspecify.annotations.NullMarked;
