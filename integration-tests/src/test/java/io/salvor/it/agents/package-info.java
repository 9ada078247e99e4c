/// The main job with the real CLIs of agents, where they are installed.
@NullMarked
package io.salvor.it.agents;

import org.jspecify.annotations.NullMarked;
