using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crosspoint.Repro.Tests;

namespace Crosspoint.Repro.Browser.Tests;

/// <summary>One tab of a headless Chromium, driven by the DevTools protocol.</summary>
internal sealed class Browser : IAsyncDisposable
{
    /// <summary>Names the program; chromium if it is not set.</summary>
    public const string Variable = "CROSSPOINT_CHROMIUM";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder profile = new();
    private readonly ClientWebSocket socket = new();
    private readonly CancellationTokenSource limit = new(TimeSpan.FromMinutes(5));
    private Process? process;
    private int calls;

    /// <summary>Errors and warnings of the page, its dialogs, and everything that it loads but itself.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Starts the browser and opens a page.</summary>
    public static async Task<Browser> Open(string path, int width, int height)
    {
        Browser browser = new();
        await browser.Start();
        foreach (string domain in new[] { "Page", "Runtime", "Log", "Network" })
        {
            await browser.Call(domain + ".enable");
        }

        await browser.Resize(width, height);
        browser.Complaints.Clear();
        await browser.Call("Page.navigate", new JsonObject { ["url"] = new Uri(path).AbsoluteUri });
        await browser.Until("document.readyState === 'complete'");
        return browser;
    }

    /// <summary>Gives the page another size.</summary>
    public Task Resize(int width, int height) => Call(
        "Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false });

    /// <summary>What the system prefers: light or dark.</summary>
    public Task Prefer(string scheme) => Call("Emulation.setEmulatedMedia", new JsonObject
    {
        ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }),
    });

    /// <summary>The value of an expression in the page.</summary>
    public async Task<JsonElement> Evaluate(string expression)
    {
        JsonElement answer = await Call("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["returnByValue"] = true });
        return answer.TryGetProperty("exceptionDetails", out JsonElement details)
            ? throw new InvalidOperationException($"{expression}: {details}")
            : answer.GetProperty("result").TryGetProperty("value", out JsonElement value) ? value : default;
    }

    /// <summary>Moves the pointer to a place of the window.</summary>
    public Task Point(double x, double y) => Call("Input.dispatchMouseEvent", new JsonObject { ["type"] = "mouseMoved", ["x"] = x, ["y"] = y });

    /// <summary>Presses a key.</summary>
    public async Task Press(string key)
    {
        await Call("Input.dispatchKeyEvent", new JsonObject { ["type"] = "keyDown", ["key"] = key, ["code"] = key });
        await Call("Input.dispatchKeyEvent", new JsonObject { ["type"] = "keyUp", ["key"] = key, ["code"] = key });
    }

    /// <summary>Writes a picture of a part of the page, of all of it, or of what the window shows.</summary>
    public async Task Screenshot(string path, string? selector = null, bool viewport = false)
    {
        if (viewport)
        {
            JsonElement window = await Call("Page.captureScreenshot", new JsonObject { ["format"] = "png" });
            await File.WriteAllBytesAsync(path, window.GetProperty("data").GetBytesFromBase64());
            return;
        }

        string box = selector is null
            ? "({x: 0, y: 0, width: innerWidth, height: Math.min(document.documentElement.scrollHeight, 12000)})"
            : $"(() => {{ const b = document.querySelector('{selector}').getBoundingClientRect(); return {{x: Math.max(0, b.x + scrollX - 12), y: b.y + scrollY - 12, width: b.width + 24, height: Math.min(b.height + 24, 6000)}}; }})()";
        JsonElement clip = await Evaluate(box);
        JsonObject part = JsonNode.Parse(clip.GetRawText())!.AsObject();
        part["scale"] = 1;
        JsonElement answer = await Call("Page.captureScreenshot", new JsonObject { ["format"] = "png", ["captureBeyondViewport"] = true, ["clip"] = part });
        await File.WriteAllBytesAsync(path, answer.GetProperty("data").GetBytesFromBase64());
    }

    /// <summary>Prints the page.</summary>
    public async Task<byte[]> Print() => (await Call("Page.printToPDF", new JsonObject { ["preferCSSPageSize"] = true })).GetProperty("data").GetBytesFromBase64();

    /// <summary>Ends the browser.</summary>
    public async ValueTask DisposeAsync()
    {
        if (socket.State == WebSocketState.Open)
        {
            await Call("Browser.close");
        }

        socket.Dispose();
        if (process is not null)
        {
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
            }

            process.Dispose();
        }

        limit.Dispose();
        profile.Dispose();
    }

    private async Task Start()
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable(Variable) ?? "chromium") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string argument in new[]
        {
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars", "--remote-debugging-port=0", $"--user-data-dir={profile.Path}", "about:blank",
        })
        {
            start.ArgumentList.Add(argument);
        }

        process = Process.Start(start)!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        string port = (await Wait(profile["DevToolsActivePort"]))[0];
        using HttpClient http = new();
        using JsonDocument tabs = JsonDocument.Parse(await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/json/list"), limit.Token));
        string address = tabs.RootElement.EnumerateArray().First(tab => tab.GetProperty("type").GetString() == "page").GetProperty("webSocketDebuggerUrl").GetString()!;
        await socket.ConnectAsync(new Uri(address), limit.Token);
    }

    // The browser writes the number of its port when it listens.
    private static async Task<string[]> Wait(string file)
    {
        for (Stopwatch waited = Stopwatch.StartNew(); waited.Elapsed < Patience; await Task.Delay(50))
        {
            if (File.Exists(file) && await File.ReadAllLinesAsync(file) is { Length: > 1 } lines)
            {
                return lines;
            }
        }

        throw new TimeoutException($"{file} did not appear");
    }

    private async Task Until(string condition)
    {
        for (Stopwatch waited = Stopwatch.StartNew(); waited.Elapsed < Patience; await Task.Delay(50))
        {
            if ((await Evaluate(condition)).ValueKind == JsonValueKind.True)
            {
                return;
            }
        }

        throw new TimeoutException(condition);
    }

    private async Task<JsonElement> Call(string method, JsonObject? parameters = null)
    {
        int id = ++calls;
        JsonObject message = new() { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        await socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, true, limit.Token);
        while (true)
        {
            JsonElement answer = await Receive();
            if (answer.TryGetProperty("id", out JsonElement number) && number.GetInt32() == id)
            {
                return answer.TryGetProperty("error", out JsonElement error) ? throw new InvalidOperationException($"{method}: {error}") : answer.GetProperty("result");
            }

            await Note(answer);
        }
    }

    private async Task<JsonElement> Receive()
    {
        using MemoryStream message = new();
        byte[] buffer = new byte[1 << 16];
        WebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer, limit.Token);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonDocument.Parse(message.ToArray()).RootElement;
    }

    private async Task Note(JsonElement happened)
    {
        JsonElement parameters = happened.GetProperty("params");
        switch (happened.GetProperty("method").GetString())
        {
            case "Runtime.exceptionThrown" or "Runtime.consoleAPICalled" or "Log.entryAdded":
                Complaints.Add(parameters.GetRawText());
                break;
            case "Network.requestWillBeSent" when parameters.GetProperty("request").GetProperty("url").GetString() is { } url
                && !url.StartsWith("data:", StringComparison.Ordinal) && parameters.GetProperty("type").GetString() != "Document":
                Complaints.Add("loads " + url);
                break;
            case "Page.javascriptDialogOpening":
                Complaints.Add("dialog");
                await Call("Page.handleJavaScriptDialog", new JsonObject { ["accept"] = true });
                break;
            default:
                break;
        }
    }
}
