/// What happened, for those who watch: traces, events, reports.
@NullMarked
package io.salvor.cli.observe;

import org.jspecify.annotations.NullMarked;
