"""The example world, plainly marked as invented: read from data, seeded by ``serve --demo``, removed by ``demo remove``."""
