namespace Crosspoint.Repro.Commands;

/// <summary>A programme of pulses: rounds of up and then down pulses, on so many devices.</summary>
internal sealed record PulseRequest(ulong Seed, int Up, int Down, int Repeat, int Devices, double? From = null)
{
    /// <summary>Pulses that each device gets.</summary>
    public int Pulses => (Up + Down) * Repeat;

    /// <summary>Direction of a pulse, 1..<see cref="Pulses"/>; 0 is the state before the first.</summary>
    public string Direction(int pulse) => pulse == 0 ? "start" : (pulse - 1) % (Up + Down) < Up ? "up" : "down";
}
