/// Figures over attempts that ended.
@NullMarked
package io.salvor.server.report;

import org.jspecify.annotations.NullMarked;
