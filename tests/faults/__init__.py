"""Real faults: killed processes, full and read-only disks, files that go missing."""
