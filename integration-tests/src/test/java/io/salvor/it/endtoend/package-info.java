/// The main job through the API of a real server, with real git and scripted agents.
@NullMarked
package io.salvor.it.endtoend;

import org.jspecify.annotations.NullMarked;
