namespace Crosspoint.Repro.Commands;

/// <summary>Pulses fresh devices: <paramref name="repeat"/> times <paramref name="up"/> up and then <paramref name="down"/> down pulses.</summary>
/// <param name="seed">Seed of device and cycle variation.</param>
/// <param name="up">Up pulses in one round.</param>
/// <param name="down">Down pulses in one round.</param>
/// <param name="repeat">Rounds.</param>
/// <param name="devices">Number of devices.</param>
/// <returns>The weights before the first and after every pulse, shape [devices, (up + down) * repeat + 1].</returns>
internal delegate float[,] PulseTrace(ulong seed, int up, int down, int repeat, int devices);

/// <summary>A device model or preset that can be pulsed from the command line.</summary>
/// <param name="Name">What the command takes.</param>
/// <param name="Title">What it is, in one line.</param>
/// <param name="PulseTrace">Its response to pulses.</param>
internal sealed record DeviceEntry(string Name, string Title, PulseTrace PulseTrace);
