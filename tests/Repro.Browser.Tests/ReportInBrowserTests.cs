using System.Text.Json;
using Crosspoint.Repro.Tests;
using Xunit;

namespace Crosspoint.Repro.Browser.Tests;

/// <summary>The report of everything that the repository stores, and of a sweep with hostile names, as a browser shows it.</summary>
public sealed class ReportInBrowserTests : IDisposable
{
    private static readonly string Screens = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "screens")).FullName;
    private static readonly string Stored = Path.Combine(Repository(), "results");
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_stored_figure_is_there_and_the_page_has_nothing_to_complain_about()
    {
        await using Browser browser = await Open(Stored, 1280, 1000);
        string[] expected =
        [
            .. from path in Directory.EnumerateFiles(Stored, "seed-*.json", SearchOption.AllDirectories)
               let figure = Path.GetRelativePath(Stored, Path.GetDirectoryName(Path.GetDirectoryName(path))!).Replace('\\', '/')
               let name = figure.Split('/') is [var paper, var one, .. { Length: > 0 } variant] ? $"{paper}/{one} {string.Join('/', variant)}" : figure
               select name,
        ];
        string[] shown = await Words(browser, "[...document.querySelectorAll('article')].map(a => a.dataset.figure)");
        Assert.Equal(expected.Distinct().Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
        Assert.NotEmpty(shown);

        // Each figure has a picture with something in it, a heading, a table with a caption and its provenance.
        Assert.Empty(await Words(browser, """
            [...document.querySelectorAll('article')].filter(a =>
              ![...a.querySelectorAll('.plot svg, .picture img')].some(p => p.getBoundingClientRect().height > 100 && (p.matches('img') || p.querySelector('path.line, circle, rect.cell')))
              || !a.querySelector('h2') || [...a.querySelectorAll('table')].some(t => !t.caption || !t.tHead) || a.querySelectorAll('.facts dd').length < 6)
            .map(a => a.dataset.figure)
            """));
        Assert.Empty(await Words(browser, "[...document.querySelectorAll('a[href^=\"#\"]')].filter(a => !document.getElementById(a.getAttribute('href').slice(1))).map(a => a.href)"));
        Assert.Empty(await Words(browser, "[...document.querySelectorAll('[id]')].filter(e => document.querySelectorAll('#' + e.id).length > 1).map(e => e.id)"));
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task The_pointer_and_the_keyboard_show_values()
    {
        await using Browser browser = await Open(Stored, 1280, 1000);
        string chart = "document.querySelector('[data-figure=\"babu2017/fig4\"] figure.chart')";
        double[] seeds =
        [
            .. from seed in Enumerable.Range(1, 5)
               let result = JsonDocument.Parse(File.ReadAllText(Path.Combine(Stored, "babu2017", "fig4", "sigma=0.1", $"seed-{seed}.json"))).RootElement
               select result.GetProperty("metrics")[0].GetProperty("value").GetDouble(),
        ];
        double mean = seeds.Average();
        await browser.Evaluate($"{chart}.scrollIntoView({{block: 'center'}})");
        JsonElement place = await browser.Evaluate($$"""
            (() => { const c = {{chart}}, d = JSON.parse(c.querySelector('script').textContent), m = d.marks.find(m => m.name === 'best epoch'), i = m.x.indexOf(0.1);
              const p = new DOMPoint(m.px[i], m.py[i]).matrixTransform(c.querySelector('.plot svg').getScreenCTM()); return [p.x, p.y]; })()
            """);
        await browser.Point(place[0].GetDouble() + 2, place[1].GetDouble() + 1);
        string tip = (await browser.Evaluate("document.getElementById('tip').hidden ? '' : document.getElementById('tip').textContent")).GetString()!;
        Assert.Contains("best epoch", tip, StringComparison.Ordinal);
        Assert.Contains($"{mean:F2} ± 0.13", tip, StringComparison.Ordinal);
        await browser.Screenshot(Path.Combine(Screens, "hover.png"), viewport: true);

        await browser.Evaluate($"{chart}.focus()");
        await browser.Press("ArrowRight");
        string first = (await browser.Evaluate("document.getElementById('tip').textContent")).GetString()!;
        await browser.Press("ArrowRight");
        string second = (await browser.Evaluate("document.getElementById('tip').textContent")).GetString()!;
        Assert.NotEqual(first, second);
        await browser.Press("Escape");
        Assert.True((await browser.Evaluate("document.getElementById('tip').hidden")).GetBoolean());

        Assert.Equal(0, (await browser.Evaluate($"(() => {{ {chart}.querySelector('[data-key]').click(); return {chart}.querySelector('[data-series=\"1\"]').getBoundingClientRect().height; }})()")).GetDouble());
        Assert.Empty(browser.Complaints);
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Both_themes_can_be_read_at_every_width(string scheme)
    {
        await using Browser browser = await Open(Stored, 1280, 1000);
        await browser.Prefer(scheme);
        foreach (int width in new[] { 1280, 800, 390 })
        {
            await browser.Resize(width, 900);
            Assert.Equal(0, (await browser.Evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)")).GetDouble());
            await browser.Screenshot(Path.Combine(Screens, $"{scheme}-{width}.png"));
        }

        await browser.Resize(1280, 1000);
        await browser.Screenshot(Path.Combine(Screens, $"{scheme}-figure.png"), "[data-figure=\"babu2017/fig4\"]");
        bool dark = (await browser.Evaluate("parseInt(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0]) < 128")).GetBoolean();
        Assert.Equal(scheme == "dark", dark);

        // WCAG 2: 4.5 for text; against the page, or what the text stands on.
        Assert.Empty(await Words(browser, """
            (() => {
              const parts = (c) => c.match(/[\d.]+/g).map(Number), linear = (v) => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
              const light = ([r, g, b]) => .2126 * linear(r) + .7152 * linear(g) + .0722 * linear(b);
              const ground = (e) => { for (; e; e = e.parentElement) { const c = parts(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
              return [...document.querySelectorAll('.caption, caption, .made, .verdict, a:not(.skip), .tick, .axis, .source, dt, dd, th, button')].filter((e) => {
                const s = getComputedStyle(e), ink = light(parts(e.matches('text') ? s.fill : s.color)), back = light(ground(e));
                return (Math.max(ink, back) + .05) / (Math.min(ink, back) + .05) < 4.5;
              }).map((e) => e.className.baseVal ?? e.className + ' ' + e.textContent.slice(0, 40));
            })()
            """));

        // The switch has the last word.
        string other = scheme == "dark" ? "light" : "dark";
        await browser.Evaluate($"document.querySelector('[data-theme-choice={other}]').click()");
        Assert.Equal(!dark, (await browser.Evaluate("parseInt(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0]) < 128")).GetBoolean());
        byte[] printed = await browser.Print();
        await File.WriteAllBytesAsync(Path.Combine(Screens, $"{scheme}.pdf"), printed);
        Assert.True(printed.AsSpan().StartsWith("%PDF"u8));
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Hostile_names_are_words_and_a_sweep_of_two_parameters_is_a_map()
    {
        StoredSweep.WriteGrid(folder["out"], "mine/grid");
        foreach (string value in new[] { StoredSweep.Hostile, "plain", "other" })
        {
            StoredSweep.Write(
                folder["out"], $"mine/{StoredSweep.Hostile}", new() { [StoredSweep.Hostile] = value }, 1, value.Length, StoredSweep.Hostile, new() { [StoredSweep.Hostile] = StoredSweep.Hostile });
        }

        await using Browser browser = await Open(folder["out"], 1280, 1000);
        Assert.Contains(
            await Words(browser, "[...document.querySelectorAll('article')].map(a => a.dataset.figure)"),
            name => name.StartsWith($"mine/{StoredSweep.Hostile}", StringComparison.Ordinal));
        Assert.True((await browser.Evaluate("window.hacked === undefined && document.querySelectorAll('img').length === 0")).GetBoolean());
        Assert.Equal(12, (await browser.Evaluate("document.querySelectorAll('[data-figure=\"mine/grid\"] rect.cell').length")).GetInt32());
        JsonElement place = await browser.Evaluate("""
            (() => { const c = document.querySelector('[data-figure="mine/grid"] rect.cell'); c.scrollIntoView({block: 'center'}); const b = c.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()
            """);
        await browser.Point(place[0].GetDouble(), place[1].GetDouble());
        string tip = (await browser.Evaluate("document.getElementById('tip').hidden ? '' : document.getElementById('tip').textContent")).GetString()!;
        Assert.Contains("sigma: 0.1", tip, StringComparison.Ordinal);
        Assert.Contains("states: 8", tip, StringComparison.Ordinal);
        await browser.Screenshot(Path.Combine(Screens, "sweep.png"), viewport: true);
        Assert.Empty(browser.Complaints);
    }

    private async Task<Browser> Open(string results, int width, int height)
    {
        string page = folder["report.html"];
        using StringWriter output = new(), error = new();
        int exitCode = CrosspointApp.Run(["report", "--out", results, "--html", page], new Host { Output = output, Error = error });
        Assert.True(exitCode == 0, error.ToString());
        return await Browser.Open(page, width, height);
    }

    private static async Task<string[]> Words(Browser browser, string expression) =>
        [.. (await browser.Evaluate(expression)).EnumerateArray().Select(word => word.GetString()!)];

    private static string Repository()
    {
        string? at = AppContext.BaseDirectory;
        while (at is not null && !File.Exists(Path.Combine(at, "Perf.sln")))
        {
            at = Path.GetDirectoryName(at);
        }

        return at ?? throw new DirectoryNotFoundException("Perf.sln");
    }
}
