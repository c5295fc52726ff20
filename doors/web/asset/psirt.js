/* Enhancement only: every flow works without this file. */
