using Google.Protobuf;

namespace Crosspoint.Repro.TensorBoard;

/// <summary>The messages of TensorBoard, field by field: the few that scalars and hyperparameters need.</summary>
/// <remarks>Numbers of fields from tensorflow/core/util/event.proto, summary.proto and tensorboard/plugins/hparams/plugin_data.proto.</remarks>
internal static class EventMessage
{
    private const string FileVersion = "brain.Event:2";
    private const string Plugin = "hparams";
    private const string StartTag = "_hparams_/session_start_info";
    private const string EndTag = "_hparams_/session_end_info";
    private const int Success = 1;

    /// <summary>The first message of a file.</summary>
    public static byte[] Version(double wallTime) => Event(wallTime, 0, output => output.String(3, FileVersion));

    /// <summary>Numbers with names at one step.</summary>
    public static byte[] Scalars(double wallTime, long step, IEnumerable<(string Tag, double Value)> scalars) =>
        Event(wallTime, step, output => output.Message(5, summary => Scalars(summary, scalars)));

    /// <summary>The hyperparameters of a run.</summary>
    public static byte[] Start(double wallTime, string group, IEnumerable<KeyValuePair<string, object>> parameters) =>
        Event(wallTime, 0, output => output.Message(5, summary => HyperParameters(summary, StartTag, data => data.Message(3, start =>
        {
            foreach ((string name, object value) in parameters)
            {
                start.Message(1, entry => entry.String(1, name).Message(2, content => Value(content, value)));
            }

            start.String(4, group).Double(5, wallTime);
        }))));

    /// <summary>Tells in one message that a run ended well, and with which numbers.</summary>
    public static byte[] End(double wallTime, long step, IEnumerable<(string Tag, double Value)> scalars) =>
        Event(wallTime, step, output => output.Message(5, summary =>
        {
            Scalars(summary, scalars);
            HyperParameters(summary, EndTag, data => data.Message(4, end => end.Whole(1, Success).Double(2, wallTime)));
        }));

    /// <summary>Whether a message holds scalars of a curve, and whether it tells of the end of a run.</summary>
    public static (bool HasScalars, bool IsEnd) Kind(byte[] message)
    {
        bool scalars = false, end = false;
        foreach (ByteString summary in ProtoFields.Messages(message, 5))
        {
            foreach (ByteString value in ProtoFields.Messages(summary.ToByteArray(), 1))
            {
                string tag = ProtoFields.Messages(value.ToByteArray(), 1) is [{ } name, ..] ? name.ToStringUtf8() : string.Empty;
                end |= tag == EndTag;
                scalars |= tag is not (StartTag or EndTag);
            }
        }

        return (scalars && !end, end);
    }

    private static byte[] Event(double wallTime, long step, Action<ProtoWriter> content) =>
        ProtoWriter.Write(output => content(output.Double(1, wallTime).Whole(2, step)));

    // The value itself is an empty tensor of floats; the data stand in its metadata.
    private static void HyperParameters(ProtoWriter summary, string tag, Action<ProtoWriter> data) => summary.Message(1, value => value
        .String(1, tag)
        .Message(8, tensor => tensor.Whole(1, 1).Message(2, shape => shape.Message(2, dimension => dimension.Whole(1, 0))))
        .Message(9, metadata => metadata.Message(1, plugin => plugin
            .String(1, Plugin)
            .Message(2, content => data(content.Whole(1, 0))))));

    private static void Scalars(ProtoWriter summary, IEnumerable<(string Tag, double Value)> scalars)
    {
        foreach ((string tag, double number) in scalars)
        {
            summary.Message(1, value => value.String(1, tag).Float(2, (float)number));
        }
    }

    private static void Value(ProtoWriter content, object value)
    {
        switch (value)
        {
            case bool flag:
                content.Whole(4, flag ? 1 : 0);
                break;
            case int or long or double:
                content.Double(2, Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
            default:
                content.String(3, Experiments.Point.Format(value));
                break;
        }
    }
}
