/** What the registry tells: its notifications, and the inbox that keeps them. */
@NullMarked
package dev.rac.notifier.event;

import org.jspecify.annotations.NullMarked;
