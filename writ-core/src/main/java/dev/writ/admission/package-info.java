/**
 * What a dossier still needs before it is in force: admission policy asked, the missing approvals
 * named, and who could give them.
 */
@NullMarked
package dev.writ.admission;

import org.jspecify.annotations.NullMarked;
