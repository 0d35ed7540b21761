// The roll call improved.
