using System.Text;
using TraceTrack.GraphQLHost.Tests.Server;

namespace TraceTrack.GraphQLHost.Tests.Examples;

/// <summary>Every request of every .http file is sent to a host with a server of its own, in the order of the file.</summary>
public sealed class HttpFileTests
{
    public static TheoryData<string> Files => [.. ExampleFolder.Names(".http")];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_of_requests_gets_the_answers_it_expects(string name)
    {
        await using var host = await RunningHost.StartAsync();
        var file = HttpFile.Parse(await File.ReadAllTextAsync(ExampleFolder.File(name + ".http"), TestContext.Current.CancellationToken));
        file.Set("host", host.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        file.Set("admin", ExampleFolder.Admin);
        file.Set("password", ExampleFolder.Password);
        Assert.NotEmpty(file.Examples);
        foreach (var example in file.Examples)
        {
            var (status, answer) = await SendAsync(host, file, example);
            var about = $"{name}.http, {example.Title}: {status} {answer}";
            Assert.True(example.Expected.Count > 0 || example.Refused is not null, $"{about}: it says nothing of its answer.");
            Assert.True(example.Refused is not null || (status == 200 && !answer.Contains("\"errors\":[", StringComparison.Ordinal)), about);
            Assert.True(example.Refused is not { } code || answer.Contains($"\"code\":\"{code}\"", StringComparison.Ordinal), about);
            Assert.All(example.Expected, text => Assert.True(answer.Contains(file.Fill(text), StringComparison.Ordinal), $"Expected {file.Fill(text)} in {about}"));
            file.Keep(example, answer);
        }
    }

    [Fact]
    public void A_request_has_its_name_headers_body_variables_and_earlier_answers()
    {
        var file = HttpFile.Parse("# About.\n@host = http://h\n@url={{host}}/x\n\n### First\n# @name one\n# expect a\n# expect b\nGET {{url}}\nAccept: text/csv\n\n### Second\n# refused CODE\nPOST {{host}}\n\n{\"a\": {\"b\": {{one.response.body.$.data.n}}}}\n");
        var (first, second) = (file.Examples[0], file.Examples[1]);
        Assert.Equal(("First", "one", "GET", null), (first.Title, first.Name, first.Method, first.Body));
        Assert.Equal("http://h/x", file.Fill(first.Url));
        Assert.Equal(["a", "b"], first.Expected);
        Assert.Equal([("Accept", "text/csv")], first.Headers);
        file.Keep(first, """{"data":{"n":7}}""");
        Assert.Equal(("Second", "CODE", "{\"a\": {\"b\": 7}}\n"), (second.Title, second.Refused, file.Fill(second.Body!)));
    }

    private static async Task<(int Status, string Answer)> SendAsync(RunningHost host, HttpFile file, HttpExample example)
    {
        using var request = new HttpRequestMessage(new HttpMethod(example.Method), file.Fill(example.Url));
        if (example.Body is { } body)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(file.Fill(body)));
        foreach (var (header, value) in example.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(header, file.Fill(value)))
                Assert.True(request.Content!.Headers.TryAddWithoutValidation(header, value));
        }

        using var response = await host.Client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
