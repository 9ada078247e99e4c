/// `salvor task ...`
@NullMarked
package io.salvor.cli.task;

import org.jspecify.annotations.NullMarked;
