using Xunit;
namespace Crosspoint.Repro.Tests;
public class DemoTests
{
    [Fact]
    public void Demo()
    {
        Cli cli = new();
        File.WriteAllText("/tmp/demo.txt", cli.Run("run", "fake2020/fig1", "--profile", "full", "--out", "/tmp/demo").ToString() + cli.Run("run", "fake2020/fig1", "--seeds", "3", "--out", "/tmp/demo").ToString()
          + cli.Run("--help") + cli.Run() + cli.Run("run", "--help") + cli.Run("run") + cli.Run("run","fake/fig1") + cli.Run("run","fake2020/fig1","--epoch","3")+cli.Run("run","fake2020/fig1","--epochs","-1")+ cli.Run("list") + cli.Run("list","--json") + cli.Run("check","--out","/tmp/demo")+ cli.Run("info")+ cli.Run("info","--json")+cli.Run("data","list")+cli.Run("data")+cli.Run("--version")+cli.Run("data","verify"));
    }
}
