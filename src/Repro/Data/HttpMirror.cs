namespace Crosspoint.Repro.Data;

/// <summary>A public mirror that has the gzip-compressed files of a data set side by side.</summary>
internal sealed class HttpMirror : IDataSource
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);

    private readonly DataSet set;
    private readonly Uri address;

    /// <summary>The mirror of one data set.</summary>
    /// <param name="set">The data set.</param>
    /// <param name="address">Address of its files, with a slash at the end.</param>
    public HttpMirror(DataSet set, Uri address)
    {
        this.set = set;
        this.address = address;
    }

    /// <inheritdoc/>
    public string Name => address.Host;

    /// <inheritdoc/>
    public bool Offers(DataSet set) => set == this.set;

    /// <inheritdoc/>
    public void Fetch(DataSet set, string folder, CancellationToken cancellation)
    {
        using SocketsHttpHandler handler = new() { ConnectTimeout = ConnectTimeout };
        using HttpClient client = new(handler) { Timeout = Timeout };
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Timeout);
        foreach (DataFile file in set.Files)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, new Uri(address, file.Name + ".gz"));
            using HttpResponseMessage response = Send(client, request, limit.Token);

            // A synchronous read looks at no token: closing the response ends it.
            using CancellationTokenRegistration cut = limit.Token.Register(response.Dispose);
            try
            {
                using Stream body = response.Content.ReadAsStream(limit.Token);
                File.WriteAllBytes(Path.Combine(folder, file.Name), file.ReadCompressed(body, request.RequestUri!.ToString()));
            }
            catch (Exception failure) when (limit.IsCancellationRequested && failure is not OperationCanceledException)
            {
                throw new OperationCanceledException($"the transfer of {file.Name} was stopped", failure, limit.Token);
            }
        }
    }

    private static HttpResponseMessage Send(HttpClient client, HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            return client.Send(request, HttpCompletionOption.ResponseHeadersRead, cancellation).EnsureSuccessStatusCode();
        }
        catch (HttpRequestException failure)
        {
            throw CommandException.Failure(failure.Message, failure);
        }
    }
}
