// Each test starts servers of its own; several at once only wait for the disk.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
