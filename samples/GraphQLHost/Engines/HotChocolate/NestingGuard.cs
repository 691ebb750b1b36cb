namespace GraphQLHost.Engines.HotChocolate;

/// <summary>
/// HotChocolate's parser calls itself for each bracket within another, and a document of nothing else would end the process. So the
/// brackets are counted first, outside of texts and comments.
/// </summary>
internal static class NestingGuard
{
    /// <summary>Far above what the limits on depth allow, far below what a thread's stack holds.</summary>
    private const int Deepest = 128;

    public static bool IsTooDeep(ReadOnlySpan<char> document)
    {
        var depth = 0;
        while (!document.IsEmpty)
        {
            var skipped = 1;
            switch (document[0])
            {
                case '{' or '[' or '(' when ++depth > Deepest:
                    return true;
                case '}' or ']' or ')':
                    depth--;
                    break;
                case '#':
                    skipped = LengthTo(document, document.IndexOfAny('\n', '\r'), 1);
                    break;
                case '"' when document.StartsWith("\"\"\""):
                    skipped = OfBlock(document);
                    break;
                case '"':
                    skipped = OfText(document);
                    break;
            }

            document = document[skipped..];
        }

        return false;
    }

    private static int OfBlock(ReadOnlySpan<char> text)
    {
        for (var at = 3; ; at += 3)
        {
            var end = text[at..].IndexOf("\"\"\"");
            if (end < 0)
                return text.Length;
            at += end;
            if (text[at - 1] != '\\')
                return at + 3;
        }
    }

    private static int OfText(ReadOnlySpan<char> text)
    {
        for (var at = 1; at < text.Length; at++)
        {
            if (text[at] == '\\')
                at++;
            else if (text[at] is '"' or '\n' or '\r')
                return at + 1;
        }

        return text.Length;
    }

    private static int LengthTo(ReadOnlySpan<char> text, int index, int more) => index < 0 ? text.Length : index + more;
}
