/** What a task token says and how authority shrinks: scopes, token drafts, delegation chains. */
@NullMarked
package dev.writ.token;

import org.jspecify.annotations.NullMarked;
