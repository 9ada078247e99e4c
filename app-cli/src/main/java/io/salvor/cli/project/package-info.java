/// What is run in a project's workspaces besides agents, and who has accepted it.
@NullMarked
package io.salvor.cli.project;

import org.jspecify.annotations.NullMarked;
