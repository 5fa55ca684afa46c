"""One file per output format over one frozen result. A report is a pure function of its result."""
