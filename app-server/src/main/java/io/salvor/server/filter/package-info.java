/// Filters on tasks and orders of them, as a caller writes them: AIP-160 and AIP-132. Reading
/// order: [io.salvor.server.filter.Expression] (what was written),
/// [io.salvor.server.filter.FilterReader] (how it is read), [io.salvor.server.filter.TaskField]
/// (what there is to ask of a task), [io.salvor.server.filter.TaskFilter] (what it comes to).
@NullMarked
package io.salvor.server.filter;

import org.jspecify.annotations.NullMarked;
