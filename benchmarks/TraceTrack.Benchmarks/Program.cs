using BenchmarkDotNet.Running;

// dotnet run -c Release --project benchmarks/TraceTrack.Benchmarks -- --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
