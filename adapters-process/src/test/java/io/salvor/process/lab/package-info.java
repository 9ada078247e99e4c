/// Real agent CLIs against a scripted model on loopback, without keys and without a network: for
/// the tests of this module and of whoever runs agents.
@NullMarked
package io.salvor.process.lab;

import org.jspecify.annotations.NullMarked;
