namespace TraceTrack;

/// <summary>The stable codes of <see cref="TraceTrackException.Code"/>. A code is never renamed or given another meaning.</summary>
public static class ErrorCodes
{
    /// <summary>A QR code is not 3–64 characters of A–Z 0-9 - _ . : / after normalisation.</summary>
    public const string InvalidQrCode = "INVALID_QR_CODE";

    /// <summary>A bill number is not 1–64 characters of A–Z 0-9 - _ . : / after normalisation.</summary>
    public const string InvalidBillNumber = "INVALID_BILL_NUMBER";

    /// <summary>A bill's capacity is not 1–500 parents.</summary>
    public const string InvalidBillCapacity = "INVALID_BILL_CAPACITY";

    /// <summary>A bill's status cannot be set to this one.</summary>
    public const string InvalidBillStatus = "INVALID_BILL_STATUS";

    /// <summary>More items at once than <see cref="Batch.MaxItems"/>.</summary>
    public const string InvalidBatch = "INVALID_BATCH";

    /// <summary>A scan lacks the parent or bill its action needs, has one its action does not take, or a time that is out of range.</summary>
    public const string InvalidScan = "INVALID_SCAN";

    /// <summary>A scan's id is not a UUID, or is the empty UUID.</summary>
    public const string InvalidScanId = "INVALID_SCAN_ID";

    /// <summary>An area is not 1–32 characters of A–Z 0-9 - _ . : / after normalisation.</summary>
    public const string InvalidArea = "INVALID_AREA";

    /// <summary>A user name, actor id or role is not valid.</summary>
    public const string InvalidUser = "INVALID_USER";

    /// <summary>A page size is not 1–200, or both directions were asked for at once.</summary>
    public const string InvalidPage = "INVALID_PAGE";

    /// <summary>A cursor is damaged, or belongs to another list or filter.</summary>
    public const string InvalidCursor = "INVALID_CURSOR";

    /// <summary>A search text is empty, too long, or holds characters no QR code has.</summary>
    public const string InvalidSearch = "INVALID_SEARCH";

    /// <summary>An import's options or its file do not have the required form.</summary>
    public const string InvalidImport = "INVALID_IMPORT";

    /// <summary>The bag does not exist, or lies outside the actor's area.</summary>
    public const string BagNotFound = "BAG_NOT_FOUND";

    /// <summary>The bill does not exist.</summary>
    public const string BillNotFound = "BILL_NOT_FOUND";

    /// <summary>The user does not exist.</summary>
    public const string UserNotFound = "USER_NOT_FOUND";

    /// <summary>The actor's role or area does not allow the operation.</summary>
    public const string NotAllowed = "NOT_ALLOWED";

    /// <summary>A bill of this number exists already; case makes no difference.</summary>
    public const string BillExists = "BILL_EXISTS";

    /// <summary>A user of this name exists already; case makes no difference.</summary>
    public const string UserExists = "USER_EXISTS";

    /// <summary>The change would leave no admin who is not disabled.</summary>
    public const string LastAdmin = "LAST_ADMIN";

    /// <summary>The user's password was changed since the present one was verified.</summary>
    public const string PasswordChanged = "PASSWORD_CHANGED";

    /// <summary>A bill without parents cannot be completed.</summary>
    public const string BillEmpty = "BILL_EMPTY";

    /// <summary>A completed bill is locked.</summary>
    public const string BillCompleted = "BILL_COMPLETED";

    /// <summary>Only a completed bill can be reopened.</summary>
    public const string BillNotCompleted = "BILL_NOT_COMPLETED";

    /// <summary>Only a bill without parents that is not completed can be deleted.</summary>
    public const string BillNotNew = "BILL_NOT_NEW";

    /// <summary>A bill's capacity cannot be less than the parents on it.</summary>
    public const string BillCapacityExceeded = "BILL_CAPACITY_EXCEEDED";

    /// <summary>A parent on the bill holds fewer children than its capacity, and <see cref="TraceTrackOptions.AllowIncompleteParents"/> is off.</summary>
    public const string ParentsIncomplete = "PARENTS_INCOMPLETE";

    /// <summary>The row was changed since the version the caller named.</summary>
    public const string StaleVersion = "STALE_VERSION";

    /// <summary>The store is locked by an import or by other long work; try again later.</summary>
    public const string StoreBusy = "STORE_BUSY";

    /// <summary>Substring search needs the database's trigram extension, which is not installed; exact and prefix search work.</summary>
    public const string SubstringSearchUnavailable = "SUBSTRING_SEARCH_UNAVAILABLE";

    /// <summary>The store's schema is missing or of another version than this library; migrate first.</summary>
    public const string SchemaMismatch = "SCHEMA_MISMATCH";
}
