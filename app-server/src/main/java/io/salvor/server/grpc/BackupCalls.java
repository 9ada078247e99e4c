package io.salvor.server.grpc;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.salvor.domain.instance.InstanceFact.Occasion;
import io.salvor.server.backup.BackupFailed;
import io.salvor.server.backup.BackupLists;
import io.salvor.server.backup.Backups;
import io.salvor.server.backup.NoSuchBackup;
import io.salvor.server.errors.Errors;
import io.salvor.v1.BackupServiceGrpc;
import io.salvor.v1.CreateBackupRequest;
import io.salvor.v1.CreateBackupResponse;
import io.salvor.v1.ErrorReason;
import io.salvor.v1.ListBackupsRequest;
import io.salvor.v1.ListBackupsResponse;
import io.salvor.v1.PruneBackupsRequest;
import io.salvor.v1.PruneBackupsResponse;
import io.salvor.v1.VerifyBackupsRequest;
import io.salvor.v1.VerifyBackupsResponse;
import java.util.Optional;

/// BackupService. Each call has a thread of its own.
public final class BackupCalls extends BackupServiceGrpc.BackupServiceImplBase {
  private final Backups backups;
  private final BackupLists lists;

  public BackupCalls(Backups backups, BackupLists lists) {
    this.backups = backups;
    this.lists = lists;
  }

  @Override
  public void createBackup(
      CreateBackupRequest request, StreamObserver<CreateBackupResponse> observer) {
    Call.unary(observer, this::create);
  }

  private CreateBackupResponse create() throws InterruptedException {
    return switch (backups.create(Occasion.DEMAND)) {
      case Backups.Outcome.Made(var backup) ->
          CreateBackupResponse.newBuilder().setBackup(backup).build();
      case Backups.Outcome.Unchanged(var backup) -> {
        var response = CreateBackupResponse.newBuilder().setUnchanged(true);
        backup.ifPresent(response::setBackup);
        yield response.build();
      }
      case Backups.Outcome.Refused(var reason, var detail) ->
          throw Errors.failure(
              ErrorReason.Code.BACKUP_REFUSED,
              "no backup was made, " + reason + ": " + detail,
              "salvor backup list");
      case Backups.Outcome.Failed(var detail) ->
          throw Errors.failure(
              ErrorReason.Code.BACKUP_FAILED, "no backup could be made: " + detail, "salvor logs");
    };
  }

  @Override
  public void listBackups(
      ListBackupsRequest request, StreamObserver<ListBackupsResponse> observer) {
    Call.unary(observer, () -> told(() -> lists.list(request.getAllKeys())));
  }

  @Override
  public void verifyBackups(
      VerifyBackupsRequest request, StreamObserver<VerifyBackupsResponse> observer) {
    Optional<String> wanted = Optional.of(request.getGeneration()).filter(it -> !it.isEmpty());
    Call.unary(observer, () -> told(() -> lists.verify(wanted)));
  }

  @Override
  public void pruneBackups(
      PruneBackupsRequest request, StreamObserver<PruneBackupsResponse> observer) {
    Call.unary(
        observer, () -> told(() -> BackupLists.told(backups.prune(request.getValidateOnly()))));
  }

  private interface Telling<T> {
    T tell();
  }

  /// @throws StatusRuntimeException in place of [BackupFailed]
  private static <T> T told(Telling<T> telling) {
    try {
      return telling.tell();
    } catch (NoSuchBackup e) {
      throw Errors.failure(
          ErrorReason.Code.BACKUP_NOT_FOUND, String.valueOf(e.getMessage()), e.hint());
    } catch (BackupFailed e) {
      throw Errors.failure(
          ErrorReason.Code.BACKUP_FAILED, String.valueOf(e.getMessage()), e.hint());
    }
  }
}
