/// Real servers, real git and scripted agents, for the tests in the packages beside this one.
///
/// Start with [Bench]; it owns a folder, a home in it and the server that runs on that home.
@NullMarked
package io.salvor.it.harness;

import org.jspecify.annotations.NullMarked;
