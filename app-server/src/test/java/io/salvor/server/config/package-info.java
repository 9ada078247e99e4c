/// What the operator may set.
@NullMarked
package io.salvor.server.config;

import org.jspecify.annotations.NullMarked;
