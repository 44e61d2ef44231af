using System.Text;

namespace Crosspoint.Devices.Tiles;

/// <content>Snapshot and restore.</content>
public sealed partial class AnalogTile
{
    /// <summary>
    /// Writes the whole state: devices, scale, running ranges, counters, and where the devices were drawn from. Random numbers being addressed,
    /// there is no other: a tile with this state goes on to the same bits.
    /// </summary>
    /// <param name="writer">Receives a version, the state and its checksum.</param>
    public void Save(BinaryWriter writer) => TileSnapshot.Write(writer, state =>
    {
        state.Write(devices);
        state.Write(Inputs);
        state.Write(Outputs);
        scale.Save(state);
        state.Write(reader.ForwardRange.Value);
        state.Write(reader.BackwardRange.Value);
        state.Write(transferReader.ForwardRange.Value);
        state.Write(transferReader.BackwardRange.Value);
        Counters.Save(state);
        Array.Save(state);
    });

    /// <summary>Reads what <see cref="Save"/> wrote, into a tile made in the same way.</summary>
    /// <param name="reader">Stands where <see cref="Save"/> began.</param>
    /// <exception cref="InvalidDataException">
    /// The state is of another version, shape or other devices, or damaged: the message says which. The tile is then as it was, but for
    /// devices that refuse their own part of an undamaged state.
    /// </exception>
    /// <exception cref="EndOfStreamException">The state ends early.</exception>
    public void Load(BinaryReader reader)
    {
        using BinaryReader state = new(new MemoryStream(TileSnapshot.Read(reader)), Encoding.UTF8);
        string from = state.ReadString();
        if (from != devices)
        {
            throw new InvalidDataException($"expected a tile of {Named(devices)}, got one of {Named(from)}");
        }

        int inputs = state.ReadInt32(), outputs = state.ReadInt32();
        if (inputs != Inputs || outputs != Outputs)
        {
            throw new InvalidDataException($"expected a tile of {Inputs} x {Outputs}, got {inputs} x {outputs}");
        }

        scale.Load(state);
        this.reader.ForwardRange.Value = state.ReadSingle();
        this.reader.BackwardRange.Value = state.ReadSingle();
        transferReader.ForwardRange.Value = state.ReadSingle();
        transferReader.BackwardRange.Value = state.ReadSingle();
        Counters.Load(state);
        Array.Load(state);
    }

    private static string Named(string devices) => devices.Length > 0 ? devices : "devices that are not named";
}
