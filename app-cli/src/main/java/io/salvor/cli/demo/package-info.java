/// `salvor demo`: real git, a real server, a real agent, a real kill; only the work is made up.
@NullMarked
package io.salvor.cli.demo;

import org.jspecify.annotations.NullMarked;
