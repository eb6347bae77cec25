/** The ledger's port on PostgreSQL, and everything else that speaks SQL. */
@NullMarked
package dev.writ.server.store;

import org.jspecify.annotations.NullMarked;
