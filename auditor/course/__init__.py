"""The course of an engagement over many audits: samples, waivers, baselines, due days, trends, differences, scorecards."""
