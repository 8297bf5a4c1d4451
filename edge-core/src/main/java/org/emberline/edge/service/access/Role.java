package org.emberline.edge.service.access;

import java.util.Locale;

/** What a client may do. */
public enum Role {
    /** Read everything. */
    OBSERVER,
    /** Read everything, and command the run. */
    OPERATOR;

    /**
     * The role of that name in lower case.
     *
     * @throws IllegalArgumentException naming the roles there are
     */
    public static Role of(String word) {
        for (Role role : values()) {
            if (role.word().equals(word)) {
                return role;
            }
        }
        throw new IllegalArgumentException("role " + word + " is neither observer nor operator");
    }

    /** As files and commands have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
