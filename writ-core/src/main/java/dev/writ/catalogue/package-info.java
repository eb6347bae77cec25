/**
 * The catalogue: what systems, resources, tools, people, agents and processes an organisation has,
 * and how a tool call maps to an action on a resource.
 */
@NullMarked
package dev.writ.catalogue;

import org.jspecify.annotations.NullMarked;
