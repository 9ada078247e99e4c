/// What is true of the whole instance, whichever tasks it has: whether it is frozen, and which
/// settings of projects a person has accepted.
///
/// Read [io.salvor.domain.instance.Instance], then [io.salvor.domain.instance.InstanceDecider].
@NullMarked
package io.salvor.domain.instance;

import org.jspecify.annotations.NullMarked;
